import { z } from 'zod'

export type Count = Readonly<{ passed: number; failed: number }>

const zVitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
})

const zPlaywright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

/** A file that could not even be loaded counts as one failed test. */
export function countVitest(report: unknown, exitCode: number): Count {
  const parsed = zVitest.safeParse(report)
  if (!parsed.success) return noReport
  const { numPassedTests: passed, numFailedTests, testResults } = parsed.data
  const unloadable = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  return honest({ passed, failed: numFailedTests + unloadable.length }, exitCode)
}

/** A test that passed only when tried again has failed. */
export function countBrowser(report: unknown, exitCode: number): Count {
  const parsed = zPlaywright.safeParse(report)
  if (!parsed.success) return noReport
  const { expected, unexpected, flaky } = parsed.data.stats
  return honest({ passed: expected, failed: unexpected + flaky }, exitCode)
}

const noReport: Count = { passed: 0, failed: 1 }

/** What fails outside of a test (a hook, an unhandled rejection) shows in the exit code alone. */
const honest = (count: Count, exitCode: number): Count =>
  exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
