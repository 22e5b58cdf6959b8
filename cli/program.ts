import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };

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
    .showHelpAfterError('Xem cách dùng: thêm --help · add --help for how to use it')
    // Commander ends a wrong call with 1, which here means a rejected file.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 1 ? 2 : exitCode));
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
