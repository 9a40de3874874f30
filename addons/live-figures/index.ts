/**
 * Live figures on Slidev slides; README.md has a figure of fifteen lines. Everything a deck uses is exported here, but for
 * what runs elsewhere than in the page: worker.ts in a worker, server.ts in the development server, testing/ in tests.
 */
export * from './types.ts'

// A figure: its states, the values they may have, what it says in words, and runs in a worker.
export type { FigureHandle, FigureMode, FigureOptions } from './figure/state.ts'
export { useFigure } from './figure/state.ts'
export type { Field, Fields } from './figure/fields.ts'
export { choice, flag, number, runControl, seed, text, whole } from './figure/fields.ts'
export type { DataTable, FigureText } from './figure/text.ts'
export { useFigureText, useMainView } from './figure/text.ts'
export type { Run, RunControl, RunStatus } from './figure/run.ts'
export { atRest, createUseRun, startWorker, workerFactory } from './figure/run.ts'

// The parts it is drawn with.
export { default as FigureFrame } from './parts/FigureFrame.vue'
export { default as FaultBoundary } from './parts/FaultBoundary.vue'
export { default as MissingSlide } from './parts/MissingSlide.vue'
export { default as ShrinkToFit } from './parts/ShrinkToFit.vue'
export { default as DataTables } from './parts/DataTables.vue'
export type { Plot } from './parts/plot.ts'
export { definePlot } from './parts/plot.ts'
export { default as ChartFrame } from './parts/ChartFrame.vue'
export { default as ChartAxis } from './parts/ChartAxis.vue'
export { default as ChartLabel } from './parts/ChartLabel.vue'
export { default as FigureButton } from './parts/FigureButton.vue'
export { default as FigureSlider } from './parts/FigureSlider.vue'
export { default as FigurePicker } from './parts/FigurePicker.vue'
export { default as RunBar } from './parts/RunBar.vue'

// The talk around it.
export { elapsedSeconds, resetClock, toggleClock } from './sync/clock.ts'
export { slideName } from './slidev/slide-name.ts'
export { suggestNotesHeight } from './slidev/presenter.ts'
export { seedOfTab } from './room/seed.ts'
