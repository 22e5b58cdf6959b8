import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { assessCommand } from './commands/assess.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { checkCommand } from './commands/check.ts';
import { loginCommand } from './commands/login.ts';
import { usersCommand } from './commands/users.ts';

const program = new Command('tiendo')
  .description(
    'Số liệu chuyển đổi số: kiểm tra, nộp, theo dõi tiến độ.\nFigures on digital government: check, send, follow.',
  )
  .version(packageJson.version)
  .showHelpAfterError()
  // Commander ends a wrong call with 1, which here means a rejected file.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 1 ? 2 : exitCode));

for (const command of [catalogueCommand(), checkCommand(), assessCommand(), loginCommand(), usersCommand()]) {
  program.addCommand(command.copyInheritedSettings(program));
}

await program.parseAsync();
