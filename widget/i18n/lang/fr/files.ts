import type { Areas } from '../../language.ts';

/** Files, in Français. */
export const files: Areas['files'] = {
  chosen: 'Fichiers à envoyer',
  drop: 'Déposez des fichiers pour les envoyer',
  remove: 'Retirer {name}',
  cancel: 'Ne pas envoyer {name}',
  open: 'Afficher {name}',
  save: 'Enregistrer {name}',
  gone: 'N’est plus là',
  sending: '{n} sur {size}',
  tooLarge: '{name} dépasse {size}.',
  tooMany: 'Un message prend jusqu’à {n} fichiers.',
  tooMuch: 'Les fichiers en attente peuvent faire {size} en tout. Envoyez d’abord ceux-ci.',
  empty: '{name} est vide.',
  unreadable: '{name} est illisible.',
  refused: {
    quota: 'Il n’y a plus de place pour des fichiers en ce moment.',
    too_large: 'C’est trop volumineux pour être envoyé.',
    not_found: 'On ne peut pas envoyer de fichiers ici.',
    unknown_type: 'On ne peut pas envoyer de fichiers ici.',
    other: 'Le fichier n’a pas pu être envoyé.',
  },
  viewer: 'Images',
  close: 'Fermer',
  next: 'Image suivante',
  previous: 'Image précédente',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  place: '{n} sur {size}',
  missing: 'Cette image ne peut pas être affichée.',
};
