import { blocks } from '#db/verify/blocks.ts'
import { bulk } from '#db/verify/bulk.ts'
import { catalog } from '#db/verify/catalog.ts'
import { history } from '#db/verify/history.ts'
import { lines } from '#db/verify/lines.ts'
import { money } from '#db/verify/money.ts'
import { payments } from '#db/verify/payments.ts'
import { pbx } from '#db/verify/pbx.ts'
import { people } from '#db/verify/people.ts'
import { secrets } from '#db/verify/secrets.ts'
import { sims } from '#db/verify/sims.ts'
import { usage } from '#db/verify/usage.ts'
import { walls } from '#db/verify/walls.ts'

type Row = Record<string, unknown>

/** Asks the database, as somebody who sees every row. */
export type Query = (text: string) => Promise<Row[]>

/** Something the house promises of its data: `find` answers the rows that break it. */
export type Invariant = Readonly<{
  /** As `I7`: several may share a name and say a part each. */
  name: string
  sentence: string
  find: string | ((query: Query) => Promise<Row[]>)
}>

const number = ({ name }: Invariant) => Number(name.slice(1))

/** The house's promises, by the numbers its documents give them. */
export const invariants: readonly Invariant[] = [
  ...lines,
  ...blocks,
  ...bulk,
  ...sims,
  ...catalog,
  ...money,
  ...payments,
  ...history,
  ...pbx,
  ...people,
  ...usage,
  ...walls,
  ...secrets,
].sort((a, b) => number(a) - number(b))

export type Violation = Readonly<{ name: string; sentence: string; rows: readonly Row[] }>

/**
 * Checks every invariant that can be told from the data, and changes nothing. Ask inside one
 * transaction of isolation `repeatable read` when others are at work: all of it is told from one moment.
 *
 * @param heard told of each invariant as it was checked, with the rows that break it
 */
export async function verify(
  query: Query,
  heard: (violation: Violation) => void = () => {},
): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const { name, sentence, find } of invariants) {
    const rows = typeof find === 'string' ? await query(find) : await find(query)
    const found = { name, sentence, rows }
    heard(found)
    if (rows.length > 0) violations.push(found)
  }
  return violations
}
