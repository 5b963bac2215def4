import { expect, test } from 'vitest'
import { countBrowser, countVitest } from './count.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((outcome) => ({ status: outcome })),
})

test('a file that could not be loaded is one failed test', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed'), file('failed')],
  }

  expect(countVitest(report, 1)).toEqual({ passed: 2, failed: 2 })
})

test('an error outside of all tests is one failed test', () => {
  const report = { numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', 'passed')] }

  expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1 })
  expect(countVitest(report, 0)).toEqual({ passed: 1, failed: 0 })
})

test('no report is one failed test', () => {
  expect(countVitest(undefined, 0)).toEqual({ passed: 0, failed: 1 })
  expect(countBrowser({}, 0)).toEqual({ passed: 0, failed: 1 })
})

test('a browser test that passed at the second try has failed', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 2 }

  expect(countBrowser({ stats }, 0)).toEqual({ passed: 5, failed: 1 })
})
