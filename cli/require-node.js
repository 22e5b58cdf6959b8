// Plain JavaScript, so that an older Node can still read it and say what to do.
const needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    [
      `tiendo cần Node ${needed}, máy đang chạy Node ${process.versions.node}. Hãy chạy "npm ci" (không dùng --ignore-scripts): lệnh này mang theo Node ${needed}.`,
      `tiendo needs Node ${needed}; this is Node ${process.versions.node}. Run "npm ci" (without --ignore-scripts), which brings Node ${needed} along.`,
    ].join('\n'),
  );
  process.exit(2);
}
