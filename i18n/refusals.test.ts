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

/** A refusal as it is written: a call of `refuse`, or what a rule says for a service to refuse. */
type Written = {
  at: string
  /** Undefined where it is passed on as a rule said it. */
  code: string | undefined
  /** Names of its details; undefined where they are made elsewhere. */
  details: string[] | undefined
}

const sources = ['server', 'db'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|model|wrong)\./.test(path))
    .map((path) => join(folder, path)),
)

function refusalsIn(path: string): Written[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
  )
  const found: Written[] = []
  const codeIn = (node?: ts.Node) => (node && ts.isStringLiteral(node) ? node.text : undefined)
  const namesIn = (node: ts.Node) =>
    ts.isObjectLiteralExpression(node)
      ? node.properties.map((property) => property.name?.getText(source) ?? '...')
      : undefined

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'refuse') {
      const [, code, , details] = node.arguments
      found.push({ at: path, code: codeIn(code), details: details ? namesIn(details) : [] })
    }
    if (ts.isObjectLiteralExpression(node)) {
      const given = (name: string) =>
        node.properties.find((property) => property.name?.getText(source) === name)
      const [code, details] = [given('code'), given('details')]
      const ruled = code && ts.isPropertyAssignment(code) ? codeIn(code.initializer) : undefined
      // A fault of a field has a code of one word.
      if (details && ruled?.includes('.')) {
        const names = ts.isPropertyAssignment(details) ? namesIn(details.initializer) : undefined
        found.push({ at: path, code: ruled, details: names })
      }
    }
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

const all = sources.flatMap(refusalsIn)
const written = all.flatMap(({ code, ...rest }) => (code ? [{ ...rest, code }] : []))
const passedOn = all.filter(({ code }) => code === undefined)

/** What is added to a rule's details on the way. */
const added = passedOn.flatMap(({ details }) => details ?? [])

const textOf = (catalogue: Texts, code: string): string | undefined => {
  let at: string | Texts | undefined = catalogue
  for (const part of code.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}

test('refusals are found where they are written; one that is passed on brings its details', () => {
  expect(written.length).toBeGreaterThan(50)
  expect(passedOn.filter(({ details }) => !details?.includes('...'))).toEqual([])
})

test.each([
  ['English', en.refusals],
  ['Spanish', es.refusals],
])('every refusal of the server has its sentence in %s, made of what it tells', (_name, texts) => {
  const faults = written.flatMap(({ at, code, details }) => {
    if (forPrograms.has(code)) return []
    const text = textOf(texts, code)
    if (text === undefined) return [`${code} (${at}) has no text`]
    const told = details && [...details, ...added]
    return [...text.matchAll(/\{(\w+)[,}]/g)]
      .map(([, name]) => name!)
      .filter((name) => told?.includes(name) === false)
      .map((name) => `${code} (${at}) doesn't tell ${name}`)
  })
  expect(faults).toEqual([])
})

test('a code that is for programs alone is still in use', () => {
  const codes = new Set(written.map(({ code }) => code))
  expect([...forPrograms].filter((code) => !codes.has(code))).toEqual([])
})
