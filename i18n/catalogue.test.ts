import { expect, test } from 'vitest'
import en from '../messages/en.json' with { type: 'json' }
import es from '../messages/es.json' with { type: 'json' }
import { merge } from './catalogue.ts'

type Texts = { [key: string]: string | Texts }

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[path + key, text] as [string, string]]
      : flat(text, `${path}${key}.`),
  )

/** The names an ICU message is filled with: `{count, plural, …}` and `{name}`, tags too. */
const argumentsOf = (message: string) =>
  [...new Set([...message.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map((m) => m[1] ?? m[2]))]
    .filter((name) =>
      new RegExp(`\\{\\s*${name}\\s*,|\\{\\s*${name}\\s*\\}|<${name}>`).test(message),
    )
    .sort()

test('every text is in every language, and takes the same arguments', () => {
  const [english, spanish] = [new Map(flat(en)), new Map(flat(es))]

  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [key, text] of english)
    expect(argumentsOf(spanish.get(key) ?? ''), key).toEqual(argumentsOf(text))
})

test('an untranslated text is said in English', () => {
  expect(merge({ a: { b: 'one', c: 'two' } }, { a: { b: 'uno' } })).toEqual({
    a: { b: 'uno', c: 'two' },
  })
})
