/** The seed that the presenter's link brought into this tab (link.ts), as it stood there; undefined in every other window. */
export function seedOfTab(): string | undefined {
  return sessionStorage.getItem(`live-figures:speak:${new URL('./', location.href).pathname}`) ?? undefined
}
