import map from '@svg-maps/vietnam';
import { boxOfPath } from './path-box.ts';

/** The unit each place of the map belongs to: the archipelagos Hoàng Sa to Đà Nẵng, Trường Sa to Khánh Hòa. */
export const unitOfLocation: Readonly<Record<string, string>> = {
  hanoi: '01',
  hagiang: '02',
  caobang: '04',
  backan: '06',
  tuyenquang: '08',
  laocai: '10',
  dienbien: '11',
  laichau: '12',
  sonla: '14',
  yenbai: '15',
  hoabinh: '17',
  thainguyen: '19',
  langson: '20',
  quangninh: '22',
  bacgiang: '24',
  phutho: '25',
  vinhphuc: '26',
  bacninh: '27',
  haiduong: '30',
  haiphong: '31',
  hungyen: '33',
  thaibinh: '34',
  hanam: '35',
  namdinh: '36',
  ninhbinh: '37',
  thanhhoa: '38',
  nghean: '40',
  hatinh: '42',
  quangbinh: '44',
  quangtri: '45',
  tthue: '46',
  danang: '48',
  hoangsa: '48',
  quangnam: '49',
  quangngai: '51',
  binhdinh: '52',
  phuyen: '54',
  khanhhoa: '56',
  truongsa: '56',
  ninhthuan: '58',
  binhthuan: '60',
  kontum: '62',
  gialai: '64',
  daklak: '66',
  daknong: '67',
  lamdong: '68',
  binhphuoc: '70',
  tayninh: '72',
  binhduong: '74',
  dongnai: '75',
  baria: '77',
  hcm: '79',
  longan: '80',
  tiengiang: '82',
  bentre: '83',
  travinh: '84',
  vinhlong: '86',
  dongthap: '87',
  angiang: '89',
  kiengiang: '91',
  cantho: '92',
  haugiang: '93',
  soctrang: '94',
  baclieu: '95',
  camau: '96',
};

const archipelagos = ['hoangsa', 'truongsa'];

/** A place on the map, in its units. */
export interface Spot {
  x: number;
  y: number;
}

/** One province as it is drawn. `centre` is that of its mainland. */
export interface ProvinceShape {
  unit: string;
  mainland: string;
  /** The archipelago that belongs to it. */
  islands?: string;
  centre: Spot;
}

const [, , mapWidth = 0, mapHeight = 0] = map.viewBox.split(' ').map(Number);

/** The size of the map, in the units of its paths. */
export const mapSize = { width: mapWidth, height: mapHeight };

/** The provinces, from north to south. */
export const provinceShapes: readonly ProvinceShape[] = map.locations
  .filter(({ id }) => !archipelagos.includes(id))
  .map(({ id, path }) => {
    const unit = unitOfLocation[id];
    if (unit === undefined) throw new Error(`The map has a place of no province: ${id}`);
    const islands = map.locations.find(
      (other) => archipelagos.includes(other.id) && unitOfLocation[other.id] === unit,
    );
    const { left, top, right, bottom } = boxOfPath(path);
    const centre = { x: (left + right) / 2, y: (top + bottom) / 2 };
    return { unit, mainland: path, centre, ...(islands && { islands: islands.path }) };
  })
  .sort((one, other) => one.centre.y - other.centre.y);
