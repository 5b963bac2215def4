import type { DeviceView } from '#server/devices/schema.ts'

/** A drawing of the model; its name stands beside it. */
export function PhonePicture({ device, small = false }: { device: DeviceView; small?: boolean }) {
  return (
    <img
      src={`/devices/${device.picture}`}
      alt=""
      className={small ? 'h-10 w-14 object-contain' : 'h-20 w-28 object-contain'}
    />
  )
}
