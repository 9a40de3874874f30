/**
 * Keeps the screen awake where the browser allows it. One that does not (a frame of another site, a low battery, a browser
 * in automation) refuses by a rejected promise, and Slidev, which asks, leaves that unhandled: here a refusal counts as
 * no lock.
 */
export function acceptNoWakeLock(): void {
  const { wakeLock } = navigator as Partial<Navigator>
  if (!wakeLock)
    return
  const request = wakeLock.request.bind(wakeLock) as (type?: WakeLockType) => Promise<WakeLockSentinel | null>
  Object.assign(wakeLock, { request: (type?: WakeLockType) => request(type).catch(() => null) })
}
