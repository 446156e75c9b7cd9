use super::{Outcome, Question, Risk, Wish};
use crate::{
    platform::db::{Db, sql},
    shared::{AppError, Currency, Money},
};

pub async fn charge(db: &Db, question: &Question<'_>) -> Result<Outcome, AppError> {
    let refusal = (question.wish == Wish::Decline).then_some("The card was declined.");
    let mut tx = db.begin().await?;
    // the first question decides; every later one under the same key hears the same
    let (amount, currency, refusal, asked): (i64, String, Option<String>, i64) =
        sql("INSERT INTO sandbox_charges (key, amount, currency, refusal, asked) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (key) DO UPDATE SET asked = sandbox_charges.asked + 1
         RETURNING amount, currency, refusal, asked")
        .bind(question.key)
        .bind(question.amount.amount)
        .bind(question.amount.currency.code())
        .bind(refusal)
        .one(&mut tx)
        .await?;
    tx.commit().await?;
    if asked == 1 && question.wish == Wish::LoseAnswer {
        return Ok(Outcome::Unknown);
    }
    let taken = Money::new(amount, currency.parse::<Currency>()?);
    let reference = format!("sandbox-{}", question.key.simple());
    Ok(refusal.map_or_else(|| Outcome::Succeeded { reference, taken, risk: Risk::default() }, Outcome::Declined))
}
