//! How much of each line goes back. Plain sums, without a database.
use crate::shared::{AppError, Money, OrderLineId, parse_amount};

/// A line, and what is left of its price after earlier refunds.
#[derive(Clone, Copy)]
pub struct Left {
    pub id: OrderLineId,
    pub amount: i64,
    /// An earlier refund took it back.
    pub is_returned: bool,
}

#[derive(Debug, PartialEq)]
pub struct Plan {
    pub amount: Money,
    /// Line, its part, and whether it is taken back.
    pub parts: Vec<(OrderLineId, i64, bool)>,
}

/// `typed`: the amount as somebody wrote it; empty means all of the chosen lines. `rest`: what was paid and not given back.
pub fn plan(lines: &[Left], chosen: &[OrderLineId], typed: &str, rest: Money) -> Result<Plan, AppError> {
    let conflict = |words: String| Err(AppError::Conflict(words));
    if chosen.iter().any(|id| !lines.iter().any(|line| line.id == *id)) {
        return Err(AppError::NotFound);
    }
    let is_chosen = |line: &Left| chosen.contains(&line.id);
    if lines.iter().any(|line| is_chosen(line) && line.is_returned) {
        return conflict("One of these photographs was refunded already. Please look at the order again.".into());
    }
    let chosen_sum: i64 = lines.iter().filter(|line| is_chosen(line)).map(|line| line.amount).sum();
    let amount = match typed.trim() {
        "" if chosen.is_empty() => return Err(AppError::field("amount", "choose photographs, or write an amount")),
        "" => Money::new(chosen_sum, rest.currency),
        typed => parse_amount(typed, rest.currency).map_err(|words| AppError::field("amount", words))?,
    };
    if amount.amount <= 0 {
        return Err(AppError::field("amount", "there is nothing to give back"));
    }
    if amount.amount > rest.amount {
        return conflict(format!("At most {rest} can be given back: that is what is left of this payment."));
    }
    let over_chosen = chosen_sum >= amount.amount;
    let weights: Vec<i64> = lines.iter().map(|line| if !over_chosen || is_chosen(line) { line.amount.max(0) } else { 0 }).collect();
    let parts = share(amount.amount, &weights);
    let parts = lines.iter().zip(parts).map(|(line, part)| (line.id, part, is_chosen(line)));
    Ok(Plan { amount, parts: parts.filter(|(_, part, is_returned)| *part > 0 || *is_returned).collect() })
}

/// Divides an amount by weight, to the last unit: the largest remainders get one more.
pub fn share(amount: i64, weights: &[i64]) -> Vec<i64> {
    let even = vec![1; weights.len()];
    let weights = if weights.iter().sum::<i64>() > 0 { weights } else { &even };
    let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    let exact = |w: &i64| i128::from(amount) * i128::from(*w);
    let mut parts: Vec<i64> = weights.iter().map(|w| (exact(w) / sum.max(1)) as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(exact(&weights[*n]) % sum.max(1)));
    let missing = amount - parts.iter().sum::<i64>();
    for n in order.into_iter().take(missing.max(0) as usize) {
        parts[n] += 1;
    }
    parts
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::shared::Currency;
    use proptest::prelude::*;

    fn lines(amounts: &[i64]) -> Vec<Left> {
        amounts.iter().map(|amount| Left { id: OrderLineId::new(), amount: *amount, is_returned: false }).collect()
    }

    fn euros(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    #[test]
    fn chosen_lines_go_back_whole_and_the_others_stay() {
        let all = lines(&[1000, 2500]);
        let plan = plan(&all, &[all[1].id], "", euros(3500)).unwrap();
        assert_eq!((plan.amount.amount, plan.parts), (2500, vec![(all[1].id, 2500, true)]));
    }

    #[test]
    fn an_amount_alone_is_shared_and_takes_nothing_back() {
        let all = lines(&[1000, 1000, 1000]);
        let plan = plan(&all, &[], "10,00", euros(3000)).unwrap();
        assert_eq!(plan.parts.iter().map(|(_, part, _)| *part).collect::<Vec<_>>(), [334, 333, 333]);
        assert!(plan.parts.iter().all(|(_, _, is_returned)| !is_returned));
    }

    #[test]
    fn never_more_than_is_left_nor_twice_nor_nothing() {
        let mut all = lines(&[1000, 2500]);
        assert!(matches!(plan(&all, &[all[0].id, all[1].id], "", euros(3000)), Err(AppError::Conflict(words)) if words.contains("€30.00")));
        assert!(matches!(plan(&all, &[], "35.01", euros(3500)), Err(AppError::Conflict(_))));
        for typed in ["", "0", "-1", "abc", "1.999"] {
            assert!(matches!(plan(&all, &[], typed, euros(3500)), Err(AppError::Invalid(_))), "{typed}");
        }
        assert_eq!(plan(&all, &[OrderLineId::new()], "", euros(3500)), Err(AppError::NotFound));
        all[0].is_returned = true;
        assert!(matches!(plan(&all, &[all[0].id], "5", euros(2500)), Err(AppError::Conflict(_))));
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_last_unit(amount in 0..1_000_000_000i64, weights in prop::collection::vec(0..1_000_000i64, 1..30)) {
            let parts = share(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            prop_assert!(parts.iter().all(|part| *part >= 0));
        }
    }
}
