import { config } from 'zod/v4/core'

// zod would compile its parsers with `new Function`, which our content security policy forbids.
// Imported before the first schema: it looks at this when one is made.
config({ jitless: true })
