import { verify_bundle } from './src/report'

// Checks run beside the page, so that a large record does not freeze it.

self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ archive: Uint8Array; trusted: string | null }>) => {
    const report = verify_bundle(data.archive, data.trusted, (done, of) => {
      self.postMessage({ progress: { done, of } })
    })
    self.postMessage({ report })
  },
)
