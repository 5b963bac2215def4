/** Hands a text to the person as a file, as a download link would. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  // The download has begun with the click; the browser keeps what it needs.
  URL.revokeObjectURL(url)
}
