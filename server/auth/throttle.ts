/** Failures that cost nothing: everybody mistypes. */
const free = 4
const firstBlockSeconds = 30
const longestBlockSeconds = 15 * 60

/**
 * How long the next attempt must wait: the fifth failure costs 30 seconds, each further one twice
 * as much, 15 minutes at most (ASVS 5.0 6.3.1).
 */
export const blockSeconds = (failures: number): number =>
  failures <= free
    ? 0
    : Math.min(longestBlockSeconds, firstBlockSeconds * 2 ** Math.min(10, failures - free - 1))

/** Failures are forgotten after a day without one. */
export const forgetAfterHours = 24
