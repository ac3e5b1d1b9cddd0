// Dialogs are popovers without script; with it they become modal and hold the focus.
export function openDialogs(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (!button) return
    if (button.dataset['dialog']) {
      event.preventDefault()
      openDialog(button.dataset['dialog'])
    } else if (button.hasAttribute('data-close-dialog')) {
      event.preventDefault()
      button.closest('dialog')?.close()
    }
  })
}

export function openDialog(id: string): void {
  const dialog = document.getElementById(id)
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return
  dialog.removeAttribute('popover')
  dialog.showModal()
}
