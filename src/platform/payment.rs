//! Where money comes from. A charge is asked under a key that was committed before; the same key never charges twice,
//! so a question whose answer was lost is simply asked again.
use super::db::{Db, sql};
use crate::shared::{AppError, Currency, Money};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// A bank transfer or cash: nobody to ask, a person confirms it later.
    Offline,
    /// Moves no money and does what it is told; keeps books of its own, as a bank does.
    Sandbox,
}

/// What somebody trying the sandbox wants to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Success,
    Decline,
    /// The money is taken, but the answer never arrives.
    LoseAnswer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there: the provider's reference, and how much it says it took.
    Succeeded { reference: String, taken: Money },
    /// Nothing was taken; the reason in words for the person who pays.
    Declined(String),
    /// No answer: the money may have been taken or not.
    Unknown,
}

impl Gateway {
    /// Asks for the money. Never inside a transaction of ours.
    pub async fn charge(self, db: &Db, key: uuid::Uuid, amount: Money, wish: Wish) -> Result<Outcome, AppError> {
        match self {
            Self::Offline => Ok(Outcome::Unknown),
            Self::Sandbox => sandbox(db, key, amount, wish).await,
        }
    }
}

async fn sandbox(db: &Db, key: uuid::Uuid, amount: Money, wish: Wish) -> Result<Outcome, AppError> {
    let refusal = (wish == Wish::Decline).then_some("The card was declined.");
    let mut tx = db.begin().await?;
    // the first question decides; every later one under the same key hears the same
    let (amount, currency, refusal, asked): (i64, String, Option<String>, i64) =
        sql("INSERT INTO sandbox_charges (key, amount, currency, refusal, asked) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (key) DO UPDATE SET asked = sandbox_charges.asked + 1
         RETURNING amount, currency, refusal, asked")
        .bind(key)
        .bind(amount.amount)
        .bind(amount.currency.code())
        .bind(refusal)
        .one(&mut tx)
        .await?;
    tx.commit().await?;
    if asked == 1 && wish == Wish::LoseAnswer {
        return Ok(Outcome::Unknown);
    }
    let taken = Money::new(amount, currency.parse::<Currency>()?);
    Ok(refusal.map_or_else(|| Outcome::Succeeded { reference: format!("sandbox-{}", key.simple()), taken }, Outcome::Declined))
}
