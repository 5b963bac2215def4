import { foreignKey, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { env, instant } from '#db/columns.ts'
import { accounts } from '#db/schema/accounts.ts'

/** Phones and softphones a provider supports. */
export const deviceModels = pgTable(
  'device_models',
  {
    env: env(),
    id: integer('id').notNull().generatedByDefaultAsIdentity(),
    code: text('code').notNull(),
    vendor: text('vendor').notNull(),
    model: text('model').notNull(),
    kind: text('kind', { enum: ['desk', 'softphone'] }).notNull(),
    /** How its auto-configuration file is written. */
    format: text('format', { enum: ['yealink', 'grandstream', 'linphone'] }).notNull(),
    picture: text('picture').notNull(),
  },
  (t) => [primaryKey({ columns: [t.env, t.id] }), unique('device_models_code').on(t.env, t.code)],
)

export const accountDevices = pgTable(
  'account_devices',
  {
    env: env(),
    account: integer('i_account').notNull(),
    customer: integer('i_customer').notNull(),
    deviceModel: integer('i_device_model').notNull(),
    configFetchedAt: instant('config_fetched_at'),
  },
  (t) => [
    primaryKey({ columns: [t.env, t.account] }),
    foreignKey({
      name: 'account_devices_account_of',
      columns: [t.env, t.account, t.customer],
      foreignColumns: [accounts.env, accounts.id, accounts.customer],
    }),
    foreignKey({
      columns: [t.env, t.deviceModel],
      foreignColumns: [deviceModels.env, deviceModels.id],
    }),
  ],
)
