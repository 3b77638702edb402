//! The demo's coffee roaster: Instagram, LinkedIn, X and TikTok, in Portuguese. At Postato a post has
//! one channel.

use super::Cast;
use super::When::{Day, Failed};

pub(super) const CAST: Cast = Cast {
    channels: &[
        ("instagram", "acc_01JNHR7A3E5G8K1N4Q6T9W2Y5B", "@torrefacao.aurora", "Torrefação Aurora"),
        ("linkedin", "acc_01JNHR7A3E5G8K1N4Q6T9W2Y5C", "Torrefação Aurora", "Torrefação Aurora"),
        ("twitter", "acc_01JNHR7A3E5G8K1N4Q6T9W2Y5D", "@cafe_aurora", "Café Aurora"),
        ("tiktok", "acc_01JNHR7A3E5G8K1N4Q6T9W2Y5E", "@torrefacao.aurora", "Torrefação Aurora"),
    ],
    posts: &[
        (
            Day(-14, 11, 0),
            &["instagram"],
            "Primeira torra do ano: um lote da Serra do Caparaó, com aroma de rapadura e laranja.",
        ),
        (
            Day(-12, 13, 30),
            &["linkedin"],
            "Publicamos quanto pagamos por saca a cada produtor. A planilha está aberta, e as perguntas são bem-vindas.",
        ),
        (
            Day(-9, 11, 15),
            &["twitter"],
            "Moagem do dia: um clique mais fina que ontem. O tempo virou, o café também.",
        ),
        (
            Failed(-7, 19, 0),
            &["tiktok"],
            "Um minuto no galpão: como se prova café sem beber o dia inteiro.",
        ),
        (
            Day(-5, 11, 0),
            &["instagram"],
            "Dona Zélia colhe só o que está maduro. Leva mais tempo, e dá para notar na xícara.",
        ),
        (
            Day(-2, 14, 0),
            &["twitter"],
            "Hoje a fila é de quem veio buscar a assinatura do mês. Paciência: tem bolo de fubá.",
        ),
        (
            Day(1, 11, 0),
            &["instagram"],
            "Curso de coado para iniciantes, sábado às nove. Seis lugares, sem prova no final.",
        ),
        (
            Day(2, 13, 0),
            &["linkedin"],
            "Procuramos uma pessoa para o controle de qualidade. Não é preciso ter diploma; é preciso ter curiosidade.",
        ),
        (
            Day(4, 11, 30),
            &["twitter"],
            "A partir de segunda-feira, devolvemos dois reais por pacote vazio.",
        ),
        (Day(7, 18, 30), &["tiktok"], "O som do primeiro estalo da torra. Com fones, por favor."),
        (
            Day(9, 11, 0),
            &["instagram"],
            "Chegaram as canecas da Oficina do Barro. Nenhuma é igual à outra, e é de propósito.",
        ),
        (
            Day(12, 13, 0),
            &["linkedin"],
            "Um ano de rota compartilhada com três torrefações vizinhas: menos viagens, o mesmo café.",
        ),
    ],
    drafts: &[
        (&["instagram"], "Lote novo do Sul de Minas. Falta a foto da varanda."),
        (&["twitter"], "Enquete: coado ou prensa? Decidir até sexta."),
    ],
};
