// Lets `node --import ./typescript.mjs --test` read TypeScript, whichever Node the machine has.
import { register } from 'node:module'

register('./typescript-hooks.mjs', import.meta.url)
