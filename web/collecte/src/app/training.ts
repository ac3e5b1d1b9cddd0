/** Training: the true questionnaires on an invented village. Its store is another one, under the same key. */

import { openDatabase } from '@gwa/shared/src/store/database.ts'
import { prepare, readBytes, type Store, write } from '@gwa/shared/src/store/store.ts'
import type { Form, Work } from '@gwa/shared/src/sync/protocol.ts'
import { saveSession, saveWork, type Session } from '@gwa/shared/src/sync/session.ts'
import { readForms } from '@gwa/shared/src/sync/work.ts'
import { writeTrainingList } from './village.ts'

export async function openTraining(real: Store, session: Session): Promise<Store> {
  const store: Store = { database: await openDatabase(`${real.database.name}-training`), key: real.key }
  const forms: Form[] = []
  for (const form of await readForms(real)) forms.push(await copyForm(real, store, form))
  const work: Work = {
    forms, returns: [], interviews: [], zones: [],
    assignments: forms.map((form) => ({
      id: form.code, form: form.code, zone: { code: 'FORMATION-V', name: 'Sira-Kɔrɔ' }, households: [], target: 5,
      done: 0, due_on: null, note: '',
    })),
  }
  await saveSession(store, session)
  await saveWork(store, { etag: '', at: Date.now(), work })
  await write(store, [await prepare(store, 'facts', 'forms', forms)])
  return store
}

/** Copy a form as it is, with lists of the invented village in the place of those that name people or places. */
async function copyForm(real: Store, store: Store, form: Form): Promise<Form> {
  const files: Form['files'][number][] = []
  await copyBlob(real, store, form.md5)
  for (const file of form.files) {
    const list = writeTrainingList(file.name, await firstLine(real, file.md5))
    const md5 = list === null ? file.md5 : `formation-${file.name}`
    if (list === null) await copyBlob(real, store, md5)
    else await write(store, [await prepare(store, 'blobs', md5, new TextEncoder().encode(list))])
    files.push({ ...file, md5 })
  }
  return { ...form, files, former: [] }
}

async function copyBlob(real: Store, store: Store, md5: string): Promise<void> {
  const bytes = await readBytes(real, 'blobs', md5)
  if (bytes) await write(store, [await prepare(store, 'blobs', md5, bytes)])
}

async function firstLine(real: Store, md5: string): Promise<string> {
  const bytes = await readBytes(real, 'blobs', md5)
  return bytes ? (new TextDecoder().decode(bytes.slice(0, 4096)).split('\n')[0] ?? '') : ''
}
