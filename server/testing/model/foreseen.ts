import { products } from '#server/testing/model/acts.ts'
import type { Deed } from '#server/testing/model/deeds.ts'
import { foreseeBulk, foreseeDecision } from '#server/testing/model/foreseen.lists.ts'
import {
  answer,
  end,
  type Foreseen,
  holderOf,
  isLive,
  type Line,
  linesOf,
  living,
  type Model,
  noExtension,
  noPlace,
  put,
  touch,
  untouchable,
  usedOf,
} from '#server/testing/model/model.ts'

function foreseeRestore(model: Model, lines: readonly Line[]): Foreseen {
  const isAdmins = lines.some(({ blockedBy }) => blockedBy === 'admin')
  if (lines.some(isLive)) {
    return answer(['accounts.wrong_state', ...(isAdmins ? ['accounts.blocked_by_admin'] : [])])
  }
  const reasons: string[] = []
  const oldest = model.now - 10 * 60_000
  if (lines.some(({ ended }) => !ended || ended.at < oldest))
    reasons.push('accounts.restore_lapsed')
  const all = [...living(model), ...lines]
  const isTwice = (has: (line: Line) => string) =>
    lines.some((line) => all.filter((one) => has(one) === has(line)).length > 1)
  if (isTwice(({ extension }) => extension) || isTwice(({ accountId }) => accountId)) {
    reasons.push('accounts.restore_taken')
  }
  const wanted = lines.flatMap(({ ended }) => ended?.numbers ?? [])
  if (new Set(wanted).size < wanted.length || wanted.some((number) => holderOf(model, number))) {
    reasons.push('numbers.not_available')
  }
  for (const product of products) {
    const n = lines.filter(
      (line) => line.product === product || (product === 'recording' && line.recorded),
    ).length
    reasons.push(...noPlace(model, product, n))
  }
  return answer(reasons, () => {
    for (const line of lines) {
      const { status, blockedBy, numbers } = line.ended!
      Object.assign(line, { status, blockedBy, numbers, ended: undefined, touched: true })
    }
  })
}

/** Why one line can't be blocked or unblocked; undefined when it can. */
function whyNotBlocked(
  { act, by }: Extract<Deed, { act: 'block' | 'unblock' }>,
  { status, blockedBy }: Line,
): string | undefined {
  if (blockedBy === 'admin' && by === 'customer') return 'accounts.blocked_by_admin'
  if (status === 'inactive') return 'accounts.waiting'
  if (status === 'terminated') return 'accounts.terminated'
  if (act === 'unblock') return status === 'blocked' ? undefined : 'accounts.not_blocked'
  return blockedBy === by ? 'accounts.already_blocked' : undefined
}

/** Those it can be done with change; where it can be done with none, it is refused. */
function foreseeBlock(
  deed: Extract<Deed, { act: 'block' | 'unblock' }>,
  lines: readonly Line[],
): Foreseen {
  const able = lines.filter((line) => !whyNotBlocked(deed, line))
  const reasons = lines.flatMap((line) => whyNotBlocked(deed, line) ?? [])
  const [status, blockedBy] = deed.act === 'block' ? ['blocked', deed.by] : ['active', null]
  return answer(able.length > 0 ? [] : reasons, () => {
    for (const line of able) Object.assign(line, { status, blockedBy, touched: true })
  })
}

export function foresee(model: Model, deed: Deed): Foreseen {
  const lines = 'accounts' in deed ? linesOf(model, deed.accounts) : []
  const locked = lines.flatMap(untouchable)
  switch (deed.act) {
    case 'add':
      return answer(
        [
          ...noPlace(model, deed.product, 1),
          ...noExtension(model, deed.extension),
          ...(deed.number !== null && holderOf(model, deed.number)
            ? ['numbers.not_available']
            : []),
        ],
        ({ account }) => void put(model, account!, deed),
      )
    case 'bulk':
      return foreseeBulk(model, deed)
    case 'undoBulk': {
      const batch = model.batches.find(({ id }) => id === deed.batch)!
      if (batch.undone) return answer([])
      const made = linesOf(model, batch.accounts)
      return answer(made.some(({ touched }) => touched) ? ['bulk.changed_since'] : [], () => {
        batch.undone = true
        for (const line of made) end(model, line)
      })
    }
    case 'decide':
      return foreseeDecision(model, deed)
    case 'changeProduct': {
      const others = lines.filter((line) => line.product !== deed.product)
      return answer([...locked, ...noPlace(model, deed.product, others.length)], () => {
        for (const line of others) Object.assign(line, { product: deed.product, touched: true })
      })
    }
    case 'addRecording': {
      const others = lines.filter((line) => !line.recorded)
      const none = others.length === 0 ? ['accounts.product_there'] : []
      const reasons = [...locked, ...none, ...noPlace(model, 'recording', others.length)]
      return answer(reasons, () => {
        for (const line of others) Object.assign(line, { recorded: true, touched: true })
      })
    }
    case 'removeRecording': {
      const those = lines.filter((line) => line.recorded)
      const none = those.length === 0 ? ['accounts.addon_not_there'] : []
      return answer([...locked, ...none], () => {
        for (const line of those) Object.assign(line, { recorded: false, touched: true })
      })
    }
    case 'rename': {
      const [line] = linesOf(model, [deed.account])
      const isTaken = living(model).some((one) => one !== line && one.extension === deed.extension)
      return answer([...untouchable(line!), ...(isTaken ? ['pbx.extension_taken'] : [])], () => {
        if (line!.extension !== deed.extension) touch(line!)
        line!.extension = deed.extension
      })
    }
    case 'moveNumber': {
      const from = holderOf(model, deed.number)
      const to = deed.to === null ? undefined : linesOf(model, [deed.to])[0]
      const isThere = from === to
      const reasons = [
        ...(to ? untouchable(to) : []),
        ...(from && !isThere ? untouchable(from) : []),
      ]
      return answer(reasons, () => {
        if (isThere) return
        if (from) {
          from.numbers = from.numbers.filter((number) => number !== deed.number)
          touch(from)
        }
        if (to) {
          to.numbers = [...to.numbers, deed.number].sort()
          touch(to)
        }
      })
    }
    case 'end':
      return answer(locked, () => {
        for (const line of lines) {
          touch(line)
          end(model, line)
        }
      })
    case 'restore':
      return foreseeRestore(model, lines)
    case 'approve':
    case 'reject': {
      const isOther = lines.some(({ status }) => status !== 'inactive')
      return answer(isOther ? ['accounts.wrong_state'] : [], () => {
        for (const line of lines) {
          touch(line)
          if (deed.act === 'approve') line.status = 'active'
          else end(model, line, false)
        }
      })
    }
    case 'block':
    case 'unblock':
      return foreseeBlock(deed, lines)
    case 'agree': {
      const { product, quantity } = deed
      const isBelow = quantity !== null && usedOf(model, product) > quantity
      return answer(isBelow ? ['agreement.below_use'] : [], () => {
        model.quantities.set(product, quantity)
      })
    }
    case 'withdraw': {
      const reasons = !model.quantities.has(deed.product)
        ? ['agreement.not_included']
        : usedOf(model, deed.product) > 0
          ? ['agreement.in_use']
          : []
      return answer(reasons, () => void model.quantities.delete(deed.product))
    }
    case 'wait':
      return answer([], () => {
        model.now += 11 * 60_000
      })
  }
}
