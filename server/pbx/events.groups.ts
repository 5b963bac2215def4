import type { Fact } from '#server/events/service.ts'
import type { CustomerId, HuntGroupId } from '#server/kernel/ids.ts'
import type { GroupMode } from '#server/pbx/schema.groups.ts'

const fact =
  (type: string) =>
  (customer: CustomerId, group: HuntGroupId, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'hunt_group',
    entityId: group,
    customer,
    payload,
  })

type Group = Readonly<{
  customer: CustomerId
  group: HuntGroupId
  name: string
  mode: GroupMode
  ringSeconds: number
}>

const own = ({ name, mode, ringSeconds }: Group) => ({ name, mode, ringSeconds })

export const groupAdded = (group: Group) =>
  fact('hunt_group.added')(group.customer, group.group, own(group))

/** Its name, how or how long it rings; what is true now. */
export const groupChanged = (group: Group) =>
  fact('hunt_group.changed')(group.customer, group.group, own(group))

export const groupRemoved = ({ customer, group, name }: Group) =>
  fact('hunt_group.removed')(customer, group, { name })

/** Who came, who went, and the whole order where it is another; by account ids. */
export const membersChanged = (
  { customer, group, name }: Pick<Group, 'customer' | 'group' | 'name'>,
  change: { added?: string[]; removed?: string[]; order?: string[] },
) => fact('hunt_group.members_changed')(customer, group, { name, ...change })
