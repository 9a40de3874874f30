/** Trains one recorded rung after another in a thread of its own. */
import { parentPort } from 'node:worker_threads'
import { runRecorded, type RecordedTrial } from './record-rungs.ts'

parentPort?.on('message', (trial: RecordedTrial) => parentPort?.postMessage(runRecorded(trial)))
