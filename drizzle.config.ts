import { defineConfig } from 'drizzle-kit'

// Used by hand, to draft a migration from a changed schema; what lands is reviewed SQL.
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/*.ts',
  out: './node_modules/.cache/drizzle',
})
