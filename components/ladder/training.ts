/**
 * The rungs in training, as one run. Where the machine has cores to spare they are split over two workers: each rung's
 * course is its own, so what comes out is the same.
 */
import type { FigureHandle, Run, RunControl, RunStatus } from '#live-figures'
import type { RungInput, RungView } from '../../lab/experiments/rung-run.ts'
import type { RungName } from '../../lab/transformer/rungs.ts'
import { computed, shallowRef } from 'vue'
import { useRun } from '../../composables/run.ts'

/** Trains the rungs of the input, which may change. */
export function useTraining(figure: FigureHandle<{ run: RunControl }>, input: () => RungInput & { rungs: readonly RungName[] }) {
  const shares = computed(() => sharesOf(input().rungs, navigator.hardwareConcurrency))
  const runs = shallowRef<Run<RungView>[]>([])
  // If one of them fails there is nothing whole to show, and the other waits for the next round.
  const failed = computed(() => runs.value.some(({ status }) => status.value === 'failed'))
  runs.value = [0, 1].map(index => useRun(
    { ...figure, running: computed(() => figure.running.value && (shares.value[index]?.length ?? 0) > 0 && !failed.value) },
    'rungs',
    // A share of nothing is never begun.
    () => ({ ...input(), rungs: shares.value[index] ?? [] }),
  ))
  const active = computed(() => runs.value.filter((_, index) => (shares.value[index]?.length ?? 0) > 0))

  return {
    view: computed(() => joined(active.value.map(({ view }) => view.value), input().rungs)),
    progress: computed(() => progressOf(active.value)),
    status: computed(() => statusOf(active.value.map(({ status }) => status.value))),
    failure: computed(() => runs.value.find(({ status }) => status.value === 'failed')?.failure.value ?? ''),
  }
}

/** Which rungs each worker trains: those with the most passes apart from the others, if there are cores for both. */
export function sharesOf(names: readonly RungName[], cores: number): RungName[][] {
  const shares = [names.filter(name => name < 'C'), names.filter(name => name >= 'C')]
  return cores > 2 && shares.every(share => share.length > 0) ? shares : [[...names]]
}

/** The views of the workers as that of one run, its rungs in order; undefined until all of them have shown something. */
export function joined(views: readonly (RungView | undefined)[], names: readonly RungName[]): RungView | undefined {
  const [first, ...others] = views
  if (!first || others.includes(undefined))
    return undefined
  const courses = views.flatMap(view => view!.courses)
  return { ...first, courses: names.flatMap(name => courses.find(({ rung }) => rung === name) ?? []) }
}

function statusOf(statuses: readonly RunStatus[]): RunStatus {
  const order: readonly RunStatus[] = ['failed', 'running', 'paused', 'rest']
  return order.find(status => statuses.includes(status)) ?? 'done'
}

/** By the work that each worker has, in counted FLOPs. */
function progressOf(runs: readonly Run<RungView>[]): number {
  const work = runs.map(({ view }) => view.value?.courses.reduce((sum, { stepFlop }) => sum + stepFlop, 0) ?? 0)
  const whole = work.reduce((sum, each) => sum + each, 0)
  return whole === 0 ? 0 : runs.reduce((sum, { progress }, i) => sum + progress.value * work[i]!, 0) / whole
}
