import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import en from '../messages/en.json' with { type: 'json' }
import es from '../messages/es.json' with { type: 'json' }

type Texts = { [key: string]: string | Texts }

const root = join(import.meta.dirname, '..')

/** Codes no person meets: a program wrote what nobody could have typed on a page of ours. */
const forPrograms = new Set(['date.malformed', 'money.malformed', 'money.rate_malformed'])

/** A call of `refuse`, as it is written. */
type Written = { at: string; code: string | undefined; details: string[] }

const sources = ['server', 'db'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('.test.'))
    .map((path) => join(folder, path)),
)

function refusalsIn(path: string): Written[] {
  const text = readFileSync(join(root, path), 'utf8')
  const found: Written[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'refuse') {
      const [, code, , details] = node.arguments
      found.push({
        at: path,
        code: code && ts.isStringLiteral(code) ? code.text : undefined,
        details:
          details && ts.isObjectLiteralExpression(details)
            ? details.properties.map((property) => property.name?.getText(source) ?? '')
            : [],
      })
    }
    node.forEachChild(visit)
  }
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  visit(source)
  return found
}

const written = sources.flatMap(refusalsIn)

const textOf = (catalogue: Texts, code: string): string | undefined => {
  let at: string | Texts | undefined = catalogue
  for (const part of code.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}

test('refusals are found where they are written, each with its code', () => {
  expect(written.length).toBeGreaterThan(50)
  expect(written.filter(({ code }) => code === undefined)).toEqual([])
})

test.each([
  ['English', en.refusals],
  ['Spanish', es.refusals],
])('every refusal of the server has its sentence in %s, made of what it tells', (_name, texts) => {
  const people = written.filter(({ code }) => !forPrograms.has(code!))
  const faults = people.flatMap(({ at, code, details }) => {
    const text = textOf(texts, code!)
    if (text === undefined) return [`${code} (${at}) has no text`]
    const wanted = [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name!)
    return wanted
      .filter((name) => !details.includes(name))
      .map((name) => `${code} (${at}) doesn't tell ${name}`)
  })
  expect(faults).toEqual([])
})

test('a code that is for programs alone is still in use', () => {
  const codes = new Set(written.map(({ code }) => code))
  expect([...forPrograms].filter((code) => !codes.has(code))).toEqual([])
})
