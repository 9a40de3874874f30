/** Trains recorded rungs one after another in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { runRecorded, type RecordedTrial } from './record-rungs.ts'

parentPort?.postMessage((workerData as RecordedTrial[]).map(runRecorded))
