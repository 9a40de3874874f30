/**
 * As many 128-bit multiplications and additions as the machine does: twelve chains that do not wait for each other, in
 * as many registers, nothing loaded or stored. 12 · 4 · 2 FLOP a round.
 * The factor and the summand are arguments because V8 would build a literal vector anew at every use.
 */
export function peak(rounds: i32, factor: f32, summand: f32): f32 {
  const m = f32x4.splat(factor)
  const s = f32x4.splat(summand)
  let a = s, b = s, c = s, d = s, e = s, f = s, g = s, h = s, i = s, j = s, k = s, l = s
  for (let round = 0; round < rounds; round++) {
    a = f32x4.add(f32x4.mul(a, m), s)
    b = f32x4.add(f32x4.mul(b, m), s)
    c = f32x4.add(f32x4.mul(c, m), s)
    d = f32x4.add(f32x4.mul(d, m), s)
    e = f32x4.add(f32x4.mul(e, m), s)
    f = f32x4.add(f32x4.mul(f, m), s)
    g = f32x4.add(f32x4.mul(g, m), s)
    h = f32x4.add(f32x4.mul(h, m), s)
    i = f32x4.add(f32x4.mul(i, m), s)
    j = f32x4.add(f32x4.mul(j, m), s)
    k = f32x4.add(f32x4.mul(k, m), s)
    l = f32x4.add(f32x4.mul(l, m), s)
  }
  const abcd = f32x4.add(f32x4.add(a, b), f32x4.add(c, d))
  const efgh = f32x4.add(f32x4.add(e, f), f32x4.add(g, h))
  const ijkl = f32x4.add(f32x4.add(i, j), f32x4.add(k, l))
  return f32x4.extract_lane(f32x4.add(f32x4.add(abcd, efgh), ijkl), 0)
}
