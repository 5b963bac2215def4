import { expect, test } from 'vitest'
import { z } from 'zod'
import en from '#messages/en.json' with { type: 'json' }
import { type Fault, faultOf, type Issue } from './faults.ts'

function faults(schema: z.ZodType, input: unknown): Fault[] {
  const told: Fault[] = []
  const parsed = schema.safeParse(input, {
    error: (issue) => {
      told.push(faultOf(issue as Issue))
      return undefined
    },
  })
  // zod words its issues when they are read.
  return parsed.error?.issues ? told : []
}

const form = z.object({
  name: z.string().min(1).max(3),
  email: z.email(),
  plan: z.enum(['a', 'b']),
  lines: z.number().int().min(2).max(10),
  groups: z.array(z.string()).min(1),
})

const right = { name: 'Ann', email: 'a@b.co', plan: 'a', lines: 2, groups: ['x'] }

test.each([
  [{ name: '' }, 'required', {}],
  [{ name: 'Anna' }, 'too_long', { maximum: 3 }],
  [{ name: undefined }, 'required', {}],
  [{ email: 'nope' }, 'email', {}],
  [{ plan: '' }, 'choose', {}],
  [{ lines: 'many' }, 'number', {}],
  [{ lines: undefined }, 'required', {}],
  [{ lines: 1 }, 'too_small', { minimum: 2 }],
  [{ lines: 11 }, 'too_big', { maximum: 10 }],
  [{ lines: 2.5 }, 'integer', {}],
  [{ groups: [] }, 'too_few', { minimum: 1 }],
])('%o is told as %s', (wrong, code, values) => {
  expect(faults(form, { ...right, ...wrong })).toContainEqual({ code, values })
  expect(en.form.errors).toHaveProperty(code)
})

test('what is right is not told anything', () => {
  expect(faults(form, right)).toEqual([])
})
