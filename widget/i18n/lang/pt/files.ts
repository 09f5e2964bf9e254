import type { Areas } from '../../language.ts';

/** Files, in Português (Brasil). */
export const files: Areas['files'] = {
  chosen: 'Arquivos para enviar',
  drop: 'Solte arquivos para enviá-los',
  remove: 'Remover {name}',
  cancel: 'Não enviar {name}',
  open: 'Mostrar {name}',
  save: 'Salvar {name}',
  gone: 'Não está mais lá',
  sending: '{n} de {size}',
  tooLarge: '{name} é maior que {size}.',
  tooMany: 'Uma mensagem leva até {n} arquivos.',
  tooMuch: 'Os arquivos em espera podem somar {size}. Envie estes primeiro.',
  empty: '{name} está vazio.',
  unreadable: '{name} não pode ser lido.',
  refused: {
    quota: 'No momento não há espaço para mais arquivos.',
    too_large: 'É grande demais para ser enviado.',
    not_found: 'Não é possível enviar arquivos aqui.',
    unknown_type: 'Não é possível enviar arquivos aqui.',
    other: 'Não foi possível enviar o arquivo.',
  },
  viewer: 'Imagens',
  close: 'Fechar',
  next: 'Próxima imagem',
  previous: 'Imagem anterior',
  zoomIn: 'Ampliar',
  zoomOut: 'Reduzir',
  place: '{n} de {size}',
  missing: 'Esta imagem não pode ser mostrada.',
};
