/** The files that hosts and continuous integration read: they fit the project's commands. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..', '..')
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')
const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }

interface Job {
  'permissions'?: Record<string, string>
  'timeout-minutes'?: number
  'needs'?: string[]
  'steps': { uses?: string, run?: string }[]
}
interface Workflow {
  permissions: Record<string, string>
  jobs: Record<string, Job>
}

/** The npm scripts that a text calls, without what npm does by itself. */
const called = (words: string) => [...words.matchAll(/\bnpm (?:run (?:--silent )?)?([\w:]+)/g)].map(([, name = '']) => name).filter(name => !['ci', 'audit'].includes(name))

describe.each(readdirSync(join(root, '.github', 'workflows')))('the workflow %s', (file) => {
  const workflow = parse(text('.github', 'workflows', file)) as Workflow
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, { steps }]) => steps)

  it('calls commands that the project has', () => {
    expect(steps.length).toBeGreaterThan(2)
    expect(steps.flatMap(({ run }) => called(run ?? '')).filter(name => !(name in scripts))).toEqual([])
  })

  it('may read, and write only where it publishes what was checked', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(jobs.filter(([, { permissions }]) => permissions).map(([name, { permissions, needs }]) => [name, permissions, needs])).toEqual([['publish', { contents: 'write' }, ['check', 'browsers']]])
  })

  it('uses actions of the host’s own at a version, and ends', () => {
    expect(steps.flatMap(({ uses }) => uses ?? []).filter(uses => !/^actions\/[\w-]+@v\d+(?:\.\d+)*$/.test(uses))).toEqual([])
    expect(jobs.filter(([, job]) => !job['timeout-minutes'])).toEqual([])
  })
})

describe('the checks of continuous integration', () => {
  it('call commands that the project has', () => {
    expect(called(text('.ci/run'))).not.toEqual([])
    expect(called(text('.ci/run')).filter(name => !(name in scripts))).toEqual([])
  })
})
