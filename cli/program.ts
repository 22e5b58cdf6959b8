import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { exitCodes } from './command-error.ts';
import { usageText } from './usage-text.ts';

const help = `
Mã kết thúc: 0 xong, tệp hợp lệ; 1 tệp bị từ chối; 2 dùng sai lệnh; 3 chưa làm được (không kết nối được, chưa đăng nhập,
không có quyền, hoặc lỗi của hệ thống).
Exit codes: 0 done, accepted; 1 rejected; 2 wrong usage; 3 not done (no connection, not signed in, not allowed, or our
fault).`;

/**
 * `tiendo` with these commands. All of them, at any depth, end with 2 for wrong usage, as commander's own
 * complaints do, and say where to find help.
 */
export function createProgram(commands: readonly Command[]): Command {
  const program = new Command('tiendo')
    .description(
      'Số liệu chuyển đổi số: kiểm tra, nộp, theo dõi tiến độ.\nFigures on digital government: check, send, follow.',
    )
    .version(packageJson.version)
    // What stands after the name of a command is that command's, though the one above it has an option of that name.
    .enablePositionalOptions()
    .addHelpText('after', help)
    .configureOutput({ outputError: (text, write) => write(`${usageText(text)}\n`) })
    .showHelpAfterError('Xem cách dùng: thêm --help · add --help for how to use it')
    // Commander ends a wrong call with 1, which here means a rejected file.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 1 ? exitCodes.wrongUsage : exitCode));
  for (const command of commands) {
    inheritSettings(program, command);
    program.addCommand(command);
  }
  return program;
}

/** `addCommand` hands nothing down: a command added so would end as commander likes. */
function inheritSettings(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const sub of command.commands) inheritSettings(command, sub);
}
