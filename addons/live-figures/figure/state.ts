/**
 * What "live" means for a figure on a slide.
 *
 * A figure is a list of states, one for each click, and may be moved away from them by its own controls.
 * What the speaker did is shared between windows as inputs (never as frames), stands in the address, and holds until the
 * next click; only what a figure asks to keep, the choice of a model for instance, goes on through all its clicks.
 * In previews, in the overview and in print a figure is still: it shows the state of its click and nothing else.
 */
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { Fields } from './fields.ts'
import type { MovedFigure } from './shared.ts'
import { usePreferredReducedMotion } from '@vueuse/core'
import { computed, inject, onScopeDispose, provide, ref, watch } from 'vue'
import { useIsSlideActive, useNav, useSlideContext } from '../slidev/client.ts'
import { maySpeak } from '../room/window.ts'
import { askedParameters, parameterNames, showInAddress } from './address.ts'
import { accept, read, write } from './fields.ts'
import { sharedFigures, sharedFiguresKey } from './shared.ts'
import { useMainView } from './text.ts'

export type FigureMode = 'live' | 'still' | 'print'

export interface FigureHandle<State extends object> {
  /** What the figure shows now. */
  state: ComputedRef<State>
  /** Moves the figure; ignored unless it is live. */
  update: (patch: Partial<State>) => void
  /** live: answers to its controls; still: preview, overview or after a fault; print: on paper. */
  mode: ComputedRef<FigureMode>
  /** Whether this is the slide the audience sees: loops run only then. */
  running: ComputedRef<boolean>
  /** The click of the slide, clamped to the figure's states. */
  step: ComputedRef<number>
  /** Whether the page on paper stands for all clicks of the slide, and a process is told by small multiples. */
  multiples: ComputedRef<boolean>
  /** Whether changes may be animated. */
  animated: ComputedRef<boolean>
}

/** Set by FaultBoundary: a figure that failed once is drawn again, still. */
export const figureFault: InjectionKey<Readonly<Ref<boolean>>> = Symbol('figure-fault')

/** The mode of the figure a part belongs to. */
export const figureMode: InjectionKey<ComputedRef<FigureMode>> = Symbol('figure-mode')

/** Whether this part of a figure is on paper, where there are no controls. */
export function useOnPaper(): ComputedRef<boolean> {
  const mode = inject(figureMode, undefined)
  return computed(() => mode?.value === 'print')
}

/** How a figure may be moved. */
export interface FigureOptions<State extends object> {
  /** The typed table of its state: what may be asked of it, by its controls, by other windows and in the address. */
  fields: Fields<State>
  /** Keys that survive the next click once they were moved: a choice that is no step of the story and that the steps therefore do not plan. */
  keep?: readonly (keyof State)[]
}

/** The plan and the table of every figure that can be moved and has been set up, by its name. */
export const movableFigures = new Map<string, { steps: readonly object[], fields: Fields<object> }>()

/**
 * Gives a figure its state, its mode and the way to change it.
 * @param id name under which the state is shared between windows; one a slide
 * @param steps the states of the slide's clicks, from click 0 on; at least one
 * @param options without them only the clicks move the figure
 * @throws RangeError when `steps` is empty
 */
export function useFigure<State extends object>(id: string, steps: readonly NoInfer<State>[], options: FigureOptions<State>): FigureHandle<State>
export function useFigure<State extends object>(id: string, steps: readonly State[]): Omit<FigureHandle<State>, 'update'>
export function useFigure<State extends object>(id: string, steps: readonly State[], { fields, keep = [] }: Partial<FigureOptions<State>> = {}): FigureHandle<State> {
  if (steps.length === 0)
    throw new RangeError(`Figure “${id}” has 0 states; it needs at least 1.`)

  const { $clicks, $page, $renderContext } = useSlideContext()
  const { isPrintMode, isPrintWithClicks } = useNav()
  const isActive = useIsSlideActive()
  const mainView = useMainView()
  const motion = usePreferredReducedMotion()
  const fault = inject(figureFault, ref(false))
  const figures = inject(sharedFiguresKey, sharedFigures)

  const mode = computed<FigureMode>(() => isPrintMode.value ? 'print' : mainView.value && !fault.value ? 'live' : 'still')
  provide(figureMode, mode)

  // Slidev counts clicks beyond the last one in print and in the overview.
  const step = computed(() => Math.min(Math.max($clicks.value, 0), steps.length - 1))
  const planned = computed(() => steps[step.value] as State)

  /** Of a room, only who came by the presenter's link leads. */
  const isPresenters = () => $renderContext.value === 'presenter' && (!import.meta.env.DECK_ROOM || maySpeak())

  const state = computed<State>(() => {
    // What was done while this window was no presenter's.
    const own = isPresenters() ? undefined : figures.own[id]
    return mode.value === 'live' && fields ? shownState(planned.value, step.value, own ?? figures.state[id], fields, keep) : planned.value
  })

  watch([step, isActive], () => {
    if (mode.value === 'live' && isActive.value)
      figures.reach(id, step.value)
  })

  function update(patch: Partial<State>): void {
    if (mode.value === 'live')
      figures.move(id, { page: $page.value, step: step.value, inputs: { ...state.value, ...patch } }, isPresenters())
  }

  const running = computed(() => mode.value === 'live' && isActive.value)

  if (fields) {
    movableFigures.set(id, { steps, fields: fields as Fields<object> })

    const names = parameterNames($page.value, id, Object.keys(fields))

    watch(askedParameters, (parameters) => {
      const inputs = parameters && running.value ? read(fields, Object.fromEntries([...names].flatMap(([field, name]) => parameters[name] === undefined ? [] : [[field, parameters[name]]]))) : {}
      if (Object.keys(inputs).length > 0)
        update(inputs)
    }, { immediate: true })

    watch(() => running.value ? write(fields, state.value, planned.value) : {}, (parameters) => {
      showInAddress(id, Object.fromEntries(Object.entries(parameters).map(([field, value]) => [names.get(field), value])))
    }, { immediate: true })
    onScopeDispose(() => showInAddress(id, {}))
  }

  return {
    state,
    update,
    mode,
    running,
    step,
    multiples: computed(() => mode.value === 'print' && !isPrintWithClicks.value),
    animated: computed(() => mode.value === 'live' && motion.value !== 'reduce'),
  }
}

/** What a figure shows that was moved: the inputs at the click where that happened, at others and later what is kept of them. */
export function shownState<State extends object>(planned: State, step: number, moved: MovedFigure | undefined, fields: Fields<State>, keep: readonly (keyof State)[]): State {
  const inputs = moved ? accept(fields, moved.inputs) : {}
  const counts = moved?.step === step && !moved.ended
  const shown = Object.entries(inputs).filter(([key]) => counts || keep.includes(key as keyof State))
  return { ...planned, ...Object.fromEntries(shown) }
}
