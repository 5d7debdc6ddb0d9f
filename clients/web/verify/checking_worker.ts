import { verify_bundle } from './src/report'

// Checks run beside the page, so that a large record does not freeze it.

self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ archive: Uint8Array; trusted: string | null }>) => {
    self.postMessage(verify_bundle(data.archive, data.trusted))
  },
)
