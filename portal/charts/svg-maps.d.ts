// The types that come with the package name another package, which is not there.
declare module '@svg-maps/vietnam' {
  const map: {
    label: string;
    /** `0 0 812 873` */
    viewBox: string;
    locations: readonly { id: string; name: string; path: string }[];
  };
  export default map;
}
