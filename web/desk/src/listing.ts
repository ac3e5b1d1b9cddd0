// A listing replaces only itself for its own pages, orders and filters; a link to another page
// leaves it. Without this htmx would look for a listing in that page and show nothing else of it.
export function leaveListings(): void {
  const leave = (event: MouseEvent): void => {
    const target = event.target as Element | null
    const link = target?.closest<HTMLAnchorElement>('[data-listing] a[href]')
    if (link && new URL(link.href).pathname !== location.pathname) event.stopPropagation()
  }
  document.addEventListener('click', leave, { capture: true })
}
