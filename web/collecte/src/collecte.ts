import '@gwa/shared/src/ui/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { wearFace } from './app/face.ts'
import { followUpdates } from './app/updates.ts'
import './pages/pages.css'

const place = document.getElementById('gwa-collecte')
if (place) {
  wearFace()
  createApp(App).mount(place)
  void followUpdates()
}
