// Everything the desk adds to pages that already work without script.
import 'htmx.org'
import '../styles/desk.scss'
import { openDialogs } from './dialogs'
import { keepDrafts } from './drafts'
import { followEntry, prepareEntry, startTyping } from './entry'
import { followKeys } from './keys'
import { leaveListings } from './listing'
import { copyNumbers } from './copy'
import { focusErrors, followErrorLinks, tellPasskeyFailures } from './errors'

// Maps and charts are heavy: they come only to the pages that draw one.
async function loadWhatThePageDraws(root: ParentNode): Promise<void> {
  if (root.querySelector('gwa-map')) await import('./map')
  if (root.querySelector('gwa-chart')) await import('./chart')
}

function prepare(root: ParentNode): void {
  void loadWhatThePageDraws(root)
  keepDrafts(root)
  prepareEntry(root)
  focusErrors(root)
}

openDialogs()
followKeys()
followEntry()
followErrorLinks()
leaveListings()
copyNumbers()
tellPasskeyFailures()
prepare(document)
startTyping()
document.addEventListener('htmx:after:swap', () => prepare(document))
