fn main() {
    #[cfg(feature = "learn")]
    kanwu_learn();
}
#[cfg(feature = "learn")]
fn kanwu_learn() {
    use kanwu::layout::learn;
    let a: Vec<String> = std::env::args().collect();
    if a[1] == "lexicon" {
        let t = std::fs::read_to_string(&a[2]).unwrap();
        std::fs::write(&a[3], learn::lexicon(&t, a[4].parse().unwrap()).unwrap()).unwrap();
    }
    if a[1] == "weights" {
        let mut train = vec![]; let mut test = vec![];
        for dir in &a[3..] {
            let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
            files.sort();
            let roles = files.iter().any(|f| std::fs::read_to_string(f).unwrap().contains("\"title\""));
            let mut own = vec![];
            for (i, f) in files.iter().enumerate() {
                let truth: learn::Truth = serde_json::from_str(&std::fs::read_to_string(f).unwrap()).unwrap();
                let text = std::fs::read_to_string(f.with_extension("txt")).unwrap();
                let s = learn::sample(&text, &truth, roles);
                if i % 2 == 0 { train.push(s) } else { own.push(s) }
            }
            test.push((dir.clone(), own));
        }
        let w = learn::weights(&train, 300, 0.3);
        for (dir, own) in &test {
            let p = learn::predictions(own, &w);
            let show: Vec<_> = [0.5, 0.9, 0.97, 0.99, 0.995].iter().map(|&t| { let (p, r) = learn::precision_recall(&p, t); format!("{t}: P{p:.4} R{r:.4} F{:.4}", 2.0*p*r/(p+r)) }).collect();
            println!("{dir} {} {}", p.len(), show.join("  "));
        }
        for (_, own) in test { train.extend(own); }
        let mut w = learn::weights(&train, 300, 0.3);
        w.safe = 0.98;
        std::fs::write(&a[2], w.to_toml()).unwrap();
    }
}
