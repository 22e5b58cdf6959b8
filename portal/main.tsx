import { render } from 'preact';
import { App } from './app.tsx';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './look/parts.css';
import './look/controls.css';
import './look/shell.css';
import './charts/bar-chart.css';
import './pages/data/data.css';

const place = document.getElementById('portal');
if (!place) throw new Error('index.html has no element #portal');
render(<App />, place);
