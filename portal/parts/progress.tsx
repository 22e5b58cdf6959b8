/** How far something is, from 0 to 1, with what is being done; without a share it is only known to go on. */
export function Progress({ label, share }: { label: string; share?: number }) {
  return (
    <label class="progress">
      <span>{label}</span>
      <progress max={1} {...(share !== undefined && { value: share })} />
    </label>
  );
}
