import { brandCss } from './brand.ts'

/** Puts a brand's accent on the root for everything on the page; the last one rendered wins. */
export function BrandTokens({ accent }: { accent: string }) {
  return <style dangerouslySetInnerHTML={{ __html: brandCss(accent) }} />
}
