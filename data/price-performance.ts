/**
 * How fast computing gets cheaper: the rate spoken in the lecture, two measured ones, and newer ones that were seen second-hand.
 * Spoken: Hyung Won Chung, Stanford CS25 V4, 11 April 2024, reading a plot credited to Rich Sutton as ten times more compute
 * every five years for the same money (transcript). Measured: Hobbhahn & Besiroglu 2022, “Trends in GPU price-performance”,
 * Epoch AI: FLOP/s per dollar, 470 GPUs, 2006–2021, intervals as published. Newer: Epoch AI, data insight (30 % a year at
 * fixed precision; 40 % a year over some twenty accelerators) and trends page of 5 February 2026 (49 % a year, weighted by spending).
 */
import type { SourceId } from './sources.ts'

export interface PriceRate {
  id: 'spoken' | 'all-gpus' | 'ml-gpus'
  /** Years until the same money buys ten times the compute. */
  decadeYears: number
  /** Interval of `decadeYears` as published; none for a number that was only spoken. */
  interval: readonly [number, number] | null
  /** Number of GPUs behind the rate. */
  gpus: number | null
  source: 'cs25' | 'hobbhahn2022'
}

/** First and last year of the measured GPUs. */
export const measuredYears = [2006, 2021] as const

export const priceRates: readonly PriceRate[] = [
  { id: 'spoken', decadeYears: 5, interval: null, gpus: null, source: 'cs25' },
  { id: 'all-gpus', decadeYears: 8.17, interval: [7.45, 9.04], gpus: 470, source: 'hobbhahn2022' },
  { id: 'ml-gpus', decadeYears: 6.86, interval: [5.12, 10.39], gpus: 26, source: 'hobbhahn2022' },
]

/** Newer growth of compute per dollar, in per cent a year; slowest first. The years to ten times follow from it. */
export const newerRates: readonly { perYear: number, basis: string, source: SourceId }[] = [
  { perYear: 30, basis: 'at fixed precision', source: 'epoch-trends' },
  { perYear: 40, basis: 'accelerators, 2012–25', source: 'epoch-trends' },
  { perYear: 49, basis: 'since 2023, by spending', source: 'epoch-trends' },
]

/** The rate of that name. */
export function priceRate(id: PriceRate['id']): PriceRate {
  return priceRates.find(rate => rate.id === id)!
}
