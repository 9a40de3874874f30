/**
 * A worker in the same thread that runs a real experiment at the word of a test, keyframe by keyframe, and answers with copies as
 * a real one would.
 */
import type { RunAnswer, RunRequest } from '#live-figures/worker'
import type { Experiment } from '../../lab/experiment.ts'
import type { Component } from 'vue'
import { defineComponent, h, nextTick, provide } from 'vue'
import { workerFactory } from '#live-figures'
import { experiments } from '../../lab/experiments.ts'

export class StagedWorker {
  static made: StagedWorker[] = []
  terminated = false
  playing = false
  onmessage: ((event: { data: RunAnswer }) => void) | null = null
  onerror: ((event: { message: string }) => void) | null = null
  private experiment: Experiment<unknown, unknown, unknown> | undefined
  private state: unknown

  constructor() {
    StagedWorker.made.push(this)
  }

  /** The one made last. */
  static last(): StagedWorker {
    const last = StagedWorker.made.at(-1)
    if (!last)
      throw new Error('No worker was made.')
    return last
  }

  postMessage(request: RunRequest): void {
    if (request.ask === 'begin') {
      this.experiment = experiments[request.name as keyof typeof experiments] as unknown as Experiment<unknown, unknown, unknown>
      this.state = this.experiment.begin(request.input)
      this.answer()
    }
    this.playing = request.ask === 'play'
    if (request.ask === 'step')
      this.advance()
  }

  terminate(): void {
    this.terminated = true
  }

  /** Goes on to the next states worth seeing, and shows the last of them. */
  async keyframes(count: number): Promise<void> {
    for (let keyframe = 0; keyframe < count; keyframe++)
      this.advance()
    this.answer()
    await nextTick()
  }

  private advance(): void {
    const experiment = this.experiment!
    do
      this.state = experiment.advance(this.state)
    while (experiment.isKeyframe?.(this.state) === false && experiment.progress(this.state) < 1)
  }

  private answer(): void {
    const experiment = this.experiment!
    this.onmessage?.({ data: structuredClone({ answer: 'view', view: experiment.view(this.state), progress: experiment.progress(this.state) }) })
  }
}

/** A figure whose runs are in the hands of the test. */
export function staged(figure: Component, props: Record<string, unknown> = {}): Component {
  StagedWorker.made = []
  return defineComponent({
    setup() {
      provide(workerFactory, () => new StagedWorker() as unknown as Worker)
      return () => h(figure, props)
    },
  })
}
