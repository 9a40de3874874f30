/**
 * `npm run rehearse [-- --minutes 15] [-- --pace 140]`: the plan of the talk, slide by slide, and where it runs over.
 * Without options: the long version, at the pace its budgets were made for. `--short` is the short one.
 */
import process from 'node:process'
import { styleText } from 'node:util'
import { clock } from '../lab/format.ts'
import { readPlan } from '../talk/plan.ts'
import { clickPause, comfortablePace, difference, neededPace, rehearsalLines, rehearse, versionFor, versions, wrapped } from '../talk/rehearsal.ts'
import { shortAsked } from '../talk/version.ts'
import { readOptions } from './setup/commands.mjs'

const bold = (text: string) => styleText('bold', text, { stream: process.stdout })
const red = (text: string) => styleText('red', text, { stream: process.stdout })

/** @throws RangeError when it is no number */
function numberAfter(option: string, value: string | undefined): number | undefined {
  if (value !== undefined && !/^\d+(?:\.\d+)?$/.test(value))
    throw new RangeError(`--${option} ${value} is not a number: write for instance --${option} ${option === 'pace' ? 140 : versions.short}.`)
  return value === undefined ? undefined : Number(value)
}

async function print(): Promise<void> {
  const { values } = readOptions('rehearse')
  const minutes = numberAfter('minutes', values.minutes) ?? (shortAsked() ? versions.short : undefined)
  const plans = { long: await readPlan(), short: await readPlan({ short: true }) }
  const version = minutes === undefined ? 'long' : versionFor(minutes, plans)
  const plan = plans[version]
  const stretched = minutes !== undefined && minutes !== versions[version]
  const asked = numberAfter('pace', values.pace)
  const rehearsal = rehearse(plan, asked ?? (stretched ? neededPace(plan, minutes * 60) : undefined))

  const pace = Math.round(rehearsal.pace)
  console.log(`\n${bold('Structure Is a Loan')}: the ${version} version, ${rehearsal.slides.length} slides for ${versions[version]} minutes, at ${pace} words a minute\n`)
  if (stretched) {
    const other = version === 'long' ? 'short' : 'long'
    say(`There is no version for ${minutes} minutes: there is one for ${versions.long} and one for ${versions.short}. The ${version} one comes nearest and takes ${minutes} minutes at ${paceInWords(neededPace(plan, minutes * 60))}; the ${other} one would at ${paceInWords(neededPace(plans[other], minutes * 60))}.`)
    console.log()
  }
  console.log(rehearsalLines(rehearsal, { emphasis: red, slot: minutes === undefined ? undefined : minutes * 60 }).join('\n'))

  const over = rehearsal.slides.filter(slide => slide.over).map(({ alias, spoken, budget }) => `${alias} ${difference(spoken - budget)}`)
  say(over.length > 0 ? `Runs over on ${over.length} of ${rehearsal.slides.length} slides: ${over.join(', ')}.` : 'No slide runs over.')
  if (minutes !== undefined) {
    const left = Math.round(minutes * 60 - rehearsal.spoken)
    say(left < 0 ? red(`Spoken so, it takes ${clock(-left)} more than ${minutes} minutes.`) : `Spoken so, ${clock(left)} of ${minutes} minutes are left.`)
  }
  const origin = asked === undefined && !stretched ? ', where words and budgets agree (--pace sets another)' : ''
  say(`Counted: the words of notes/ at ${pace} a minute${origin}, a number as one word, and ${clickPause} s for each click. Not counted: questions, laughter, and what you do to a figure beyond its clicks.`)
}

const say = (prose: string): void => console.log(wrapped(prose).join('\n'))

function paceInWords(pace: number): string {
  const rounded = Math.round(pace)
  const { slowest, fastest } = comfortablePace
  const judged = rounded < slowest ? `slower than the comfortable ${slowest} to ${fastest}` : rounded > fastest ? `faster than the comfortable ${slowest} to ${fastest}` : 'a comfortable pace'
  return `${rounded} words a minute, ${judged}`
}

await print()
