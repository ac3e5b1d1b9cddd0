// After a refused form, the focus goes to the list of what to mend.
const seen = new WeakSet<Element>()

export function focusErrors(root: ParentNode): void {
  const summary = root.querySelector<HTMLElement>('[data-error-summary]')
  if (!summary || seen.has(summary)) return
  seen.add(summary)
  summary.focus()
}

// A passkey that does not answer is told on the page, not only in the console.
export function tellPasskeyFailures(): void {
  document.addEventListener('allauth.error', (event) => {
    const notice = document.querySelector<HTMLElement>('[data-passkey-failed]')
    if (!notice) return
    event.preventDefault()
    notice.hidden = false
    notice.setAttribute('role', 'alert')
  })
}
