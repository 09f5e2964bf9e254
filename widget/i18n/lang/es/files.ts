import type { Areas } from '../../language.ts';

/** Files, in Español. */
export const files: Areas['files'] = {
  chosen: 'Archivos para enviar',
  drop: 'Suelta archivos para enviarlos',
  remove: 'Quitar {name}',
  cancel: 'No enviar {name}',
  open: 'Mostrar {name}',
  save: 'Guardar {name}',
  gone: 'Ya no está',
  sending: '{n} de {size}',
  tooLarge: '{name} supera {size}.',
  tooMany: 'Un mensaje lleva hasta {n} archivos.',
  tooMuch: 'Los archivos en espera pueden sumar {size}. Envía primero estos.',
  empty: '{name} está vacío.',
  unreadable: '{name} no se puede leer.',
  refused: {
    quota: 'Ahora no hay sitio para más archivos.',
    too_large: 'Es demasiado grande para enviarlo.',
    not_found: 'Aquí no se pueden enviar archivos.',
    unknown_type: 'Aquí no se pueden enviar archivos.',
    other: 'No se pudo enviar el archivo.',
  },
  viewer: 'Imágenes',
  close: 'Cerrar',
  next: 'Imagen siguiente',
  previous: 'Imagen anterior',
  zoomIn: 'Ampliar',
  zoomOut: 'Reducir',
  place: '{n} de {size}',
  missing: 'Esta imagen no se puede mostrar.',
};
