import { rm } from 'node:fs/promises'
import { errorsIn, startPortico } from './server.ts'

const logFile = 'test-results/server.log'

/** One Portico for all stories; its log must be free of errors when they are told. */
export default async function setup() {
  await rm(logFile, { force: true })
  const portico = await startPortico({ logFile })
  process.env.PORTICO_E2E_URL = portico.url
  process.env.PORTICO_E2E_DATA = portico.dataDir

  return async () => {
    await portico.stop()
    const errors = await errorsIn(logFile)
    if (errors.length > 0) {
      throw new Error(
        `The server logged ${errors.length} errors:\n${errors.slice(0, 10).join('\n')}`,
      )
    }
  }
}
