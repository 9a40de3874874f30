/** Who says so: every claim of the talk wears one of these marks. */
export const owners = {
  wei: 'Wei',
  chung: 'Chung',
  post: 'the post',
  measured: 'measured',
  deck: 'this deck',
} as const

export type OwnerId = keyof typeof owners

/** Whether a string names an owner. */
export function isOwnerId(id: string): id is OwnerId {
  return Object.hasOwn(owners, id)
}
