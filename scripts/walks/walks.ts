import { adminWalks } from './admin.ts'
import { doorWalks } from './door.ts'
import { lineWalks } from './lines.ts'
import { moneyWalks } from './money.ts'
import { signupWalks } from './signup.ts'
import type { Walk } from './walk.ts'

/** Every page there is: the longest ways first, for two visitors share them; last what takes the database away. */
export const walks: readonly Walk[] = [
  ...signupWalks,
  ...lineWalks,
  ...moneyWalks,
  ...adminWalks,
  ...doorWalks,
]
