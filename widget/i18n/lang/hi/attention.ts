import type { Areas } from '../../language.ts';

/** Attention, in हिन्दी. */
export const attention: Areas['attention'] = {
  mute: 'यह बातचीत म्यूट करें',
  muteLine: 'न आवाज़, न सूचना। किसी को पता नहीं चलता।',
  muteFor: { hour: '1 घंटे के लिए', hours: '8 घंटे के लिए', always: 'जब तक मैं न बदलूँ' },
  ways: { sound: 'आवाज़', title: 'पेज के शीर्षक में संख्या', notice: 'इस डिवाइस पर सूचनाएँ', words: 'सूचनाओं में शब्द' },
  noticeLine: 'जब आप कुछ और देख रहे हों',
  refused: 'यह ब्राउज़र यहाँ इनकी अनुमति नहीं देता।',
  somebody: 'नया संदेश',
  noWords: 'पढ़ने के लिए चैट खोलें।',
};
